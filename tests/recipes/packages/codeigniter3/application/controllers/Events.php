<?php
defined('BASEPATH') OR exit('No direct script access allowed');

class Events extends CI_Controller
{
    public function summer()
    {
        $entries = array('common', 'events/summer');
        $this->load->view('header', array('title' => 'Summer', 'entries' => $entries));
        $this->load->view('events/summer');
        $this->load->view('footer', array('entries' => $entries));
    }
}
