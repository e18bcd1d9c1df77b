import licence from '@/licence.txt'
import './main.css'
log(appName, appVersion, licence.trim())
